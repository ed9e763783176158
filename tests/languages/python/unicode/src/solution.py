print(f"Grüße, {input()}! 🙂")
