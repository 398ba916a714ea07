"""The demo world: Beacon Instruments 明灯仪器, told through the product's own actions."""
