"""What hosts send, hang up and hand out: messages, codes and sheets in a folder of the build that no phone saves."""
