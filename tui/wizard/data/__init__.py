"""The parts of the Dataset step: how a source is read, the doctor at work, and mixtures."""
