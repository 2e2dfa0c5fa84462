"""What a person sees: the app, its wizard and its run screen. Holds no heavy library."""
