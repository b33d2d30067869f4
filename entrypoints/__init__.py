"""Who knocks: the command line, the HTTP gateway with the order pages, the SMTP door and the watched folder."""
