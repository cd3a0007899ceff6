"""The verifier's room: anyone may ask whether a licence is genuine, by number, by file or by its QR code."""
