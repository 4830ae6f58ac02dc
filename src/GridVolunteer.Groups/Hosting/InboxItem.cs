namespace GridVolunteer.Groups.Hosting;

/// <summary>Something that waits for the core.</summary>
internal readonly record struct InboxItem(
    InboxKind Kind, ProcessId From, int Start, int SizeBytes, Action<TimeSpan>? Command);
