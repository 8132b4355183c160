"""Chinese characters and marks in other forms: traditional, simplified, variant, narrow."""
