using Whiteboard;

return await new WhiteboardCommand().Parse(args).InvokeAsync();
