"""The web page: Streamlit scripts over `ui.web.context`."""
