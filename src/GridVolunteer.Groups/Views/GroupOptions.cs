namespace GridVolunteer.Groups.Views;

/// <summary>How the members of a group deal with each other. All should use the same.</summary>
public sealed record GroupOptions
{
    /// <summary>
    /// How many messages of a sender may be under way before all have them. Default 256. It is the flow control:
    /// a sender waits when it is full.
    /// </summary>
    public int WindowMessages { get; init; } = 256;

    /// <summary>How many messages wait for room in the window. Default 1,024; more are refused.</summary>
    public int QueueMessagesMax { get; init; } = 1_024;

    /// <summary>The most bytes of one message. Default 256 KiB.</summary>
    public int PayloadSizeBytesMax { get; init; } = 256 * 1024;

    /// <summary>How long a receipt is held back so that it covers more. Default 20 ms.</summary>
    public TimeSpan AckDelay { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The least time before a missing message is asked for: it may be under way. Default 20 ms.</summary>
    public TimeSpan NakDelayMin { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The most time before that. Default 50 ms.</summary>
    public TimeSpan NakDelayMax { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The least time before a message is sent again. Default 100 ms.</summary>
    public TimeSpan ResendMin { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The most time before that. Default 2 s.</summary>
    public TimeSpan ResendMax { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>After so much silence a sender repeats the number of its last message. Default 200 ms.</summary>
    public TimeSpan RepeatAfter { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>What everybody has is told at least this often while not all is with all. Default 1 s.</summary>
    public TimeSpan StabilityInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Reasons to change the view are gathered for so long. Default 50 ms.</summary>
    public TimeSpan GatherDelay { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long the leader waits for members it does not think dead. Default 1 s.</summary>
    public TimeSpan PromiseTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>After so long an attempt at agreement is begun anew. Default 3 s.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How often what agreement waits for is asked for again. Default 200 ms.</summary>
    public TimeSpan AgreementRepeat { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How many members a group may have. Default 64, at most 256.</summary>
    public int MembersMax { get; init; } = 64;

    /// <summary>
    /// Who decides on who is in the group; whoever creates it says so. Default <see cref="GroupRule.Peers"/>. The
    /// coordinator of a hierarchical group is the witness it is created with.
    /// </summary>
    public GroupRule Rule { get; init; }

    /// <summary>
    /// True when those who join get the state the group has at that point, from any who are there. Default
    /// false. When true, <see cref="GroupMember.ProvideState"/> must answer each
    /// <see cref="GroupEvent.StateWanted"/>.
    /// </summary>
    public bool TransfersState { get; init; }

    /// <summary>The most bytes of that state. Default 512 KiB.</summary>
    public int StateSizeBytesMax { get; init; } = 512 * 1024;

    /// <summary>What is wrong with these options, each fault in a sentence; empty when nothing is.</summary>
    public IReadOnlyList<string> Faults()
    {
        List<string> faults = [];
        void Require(bool holds, string otherwise)
        {
            if (!holds)
            {
                faults.Add(otherwise);
            }
        }

        Require(WindowMessages is >= 1 and <= 4_096, $"{nameof(WindowMessages)} is 1 to 4,096.");
        Require(QueueMessagesMax >= 1, $"{nameof(QueueMessagesMax)} is at least 1.");
        Require(
            PayloadSizeBytesMax is >= 1 and <= 1 << 20, $"{nameof(PayloadSizeBytesMax)} is 1 byte to 1 MiB.");
        Require(StateSizeBytesMax is >= 1 and <= 1 << 20, $"{nameof(StateSizeBytesMax)} is 1 byte to 1 MiB.");
        Require(AckDelay >= TimeSpan.Zero, $"{nameof(AckDelay)} is not negative.");
        Require(NakDelayMin <= NakDelayMax, $"{nameof(NakDelayMin)} is at most {nameof(NakDelayMax)}.");
        Require(
            ResendMin > TimeSpan.Zero && ResendMin <= ResendMax,
            $"{nameof(ResendMin)} is more than nothing and at most {nameof(ResendMax)}.");
        Require(
            RepeatAfter > TimeSpan.Zero && StabilityInterval > TimeSpan.Zero && AgreementRepeat > TimeSpan.Zero,
            "What is repeated is repeated after some time.");
        Require(AttemptTimeout > PromiseTimeout, $"{nameof(AttemptTimeout)} is more than {nameof(PromiseTimeout)}.");
        Require(MembersMax is >= 1 and <= View.MembersMax, $"{nameof(MembersMax)} is 1 to {View.MembersMax}.");
        return faults;
    }
}
