"""Tables, engines and sessions."""
