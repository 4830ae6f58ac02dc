using Chat;

return await new ChatCommand().Parse(args).InvokeAsync();
