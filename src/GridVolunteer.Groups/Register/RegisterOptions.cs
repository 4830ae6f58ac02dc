namespace GridVolunteer.Groups.Register;

/// <summary>How a process deals with the register of groups. All processes should use the same.</summary>
public sealed record RegisterOptions
{
    /// <summary>How often a question that is not answered is asked again. Default 500 ms.</summary>
    public TimeSpan AskRepeat { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// How long a name is asked for before nobody counts as having it. Default 2.5 s. Longer makes fewer groups that
    /// give way to another of their name later; shorter begins sooner.
    /// </summary>
    public TimeSpan AskTimeout { get; init; } = TimeSpan.FromSeconds(2.5);

    /// <summary>
    /// True when a process that knows nobody makes the group it asks for at once, since waiting tells it nothing. Default
    /// false: it waits for <see cref="AskTimeout"/>, as others may be about to be met. A node sets it where it has no way to meet
    /// others by itself: no seed, no server, no local network.
    /// </summary>
    public bool MakesAtOnceWhenAlone { get; init; }

    /// <summary>
    /// How often the members of a group tell the server, or without one the processes they know, that it is
    /// there. Default 5 s.
    /// </summary>
    public TimeSpan AnnounceInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// After so long without a word from its members the server forgets a group. Default 1 min; more than
    /// <see cref="AnnounceInterval"/>.
    /// </summary>
    public TimeSpan EntryLasts { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long a server that has just started learns from members which groups there are, before it has any made.
    /// Default 6 s; at least <see cref="AnnounceInterval"/>, unless it is the first start of all.
    /// </summary>
    public TimeSpan LearnTime { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>How long it is remembered that a group was dissolved. Default 10 min.</summary>
    public TimeSpan EndLasts { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How many processes are told or asked at once where there is no server. Default 64.</summary>
    public int PeersMax { get; init; } = 64;

    /// <summary>How many groups a register holds. Default 1,024; others are refused.</summary>
    public int GroupsMax { get; init; } = 1_024;

    /// <summary>How long a post to an open group is tried. Default 30 s.</summary>
    public TimeSpan PostTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many posts of this process wait for one group. Default 64; more are refused.</summary>
    public int PostsMax { get; init; } = 64;

    /// <summary>The most bytes of a post. Default 64 KiB.</summary>
    public int PostSizeBytesMax { get; init; } = 64 * 1024;

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

        Require(AskRepeat > TimeSpan.Zero, $"{nameof(AskRepeat)} is more than nothing.");
        Require(AskTimeout > AskRepeat, $"{nameof(AskTimeout)} is more than {nameof(AskRepeat)}.");
        Require(AnnounceInterval > TimeSpan.Zero, $"{nameof(AnnounceInterval)} is more than nothing.");
        Require(EntryLasts > AnnounceInterval, $"{nameof(EntryLasts)} is more than {nameof(AnnounceInterval)}.");
        Require(LearnTime >= TimeSpan.Zero, $"{nameof(LearnTime)} is not negative.");
        Require(EndLasts > AnnounceInterval, $"{nameof(EndLasts)} is more than {nameof(AnnounceInterval)}.");
        Require(PeersMax is >= 1 and <= 1_024, $"{nameof(PeersMax)} is 1 to 1,024.");
        Require(GroupsMax is >= 1 and <= 65_536, $"{nameof(GroupsMax)} is 1 to 65,536.");
        Require(PostTimeout > AskRepeat, $"{nameof(PostTimeout)} is more than {nameof(AskRepeat)}.");
        Require(PostsMax is >= 1 and <= 1_024, $"{nameof(PostsMax)} is 1 to 1,024.");
        Require(
            PostSizeBytesMax is >= 1 and <= 1 << 20, $"{nameof(PostSizeBytesMax)} is 1 byte to 1 MiB.");
        return faults;
    }
}
