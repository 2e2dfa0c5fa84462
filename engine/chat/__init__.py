"""Talking to a model: in the middle of its training, after it, or before."""

from engine.chat.answer import Answer
from engine.chat.request import ChatMessage, ChatRequest

__all__ = ["Answer", "ChatMessage", "ChatRequest"]
