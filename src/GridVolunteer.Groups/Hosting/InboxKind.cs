namespace GridVolunteer.Groups.Hosting;

/// <summary>What an <see cref="InboxItem"/> is.</summary>
internal enum InboxKind : byte
{
    /// <summary>Messages of one process, one after the other.</summary>
    Messages,

    /// <summary>Something could not be sent to a process.</summary>
    SendFailed,

    /// <summary>A process has said who and where it is.</summary>
    Met,

    /// <summary>As <see cref="Met"/>, but anybody may have said so in its name.</summary>
    Rumour,

    /// <summary>Something the user asks for.</summary>
    Command,
}
