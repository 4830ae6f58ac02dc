using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Ordering;

/// <summary>
/// What a member sends through a group's channel: proposals and receipts for what others sent, and messages, all
/// under one reading of its clock.
/// </summary>
internal sealed class Frame
{
    private const byte Version = 1;
    private const byte AnswerFlag = 1;
    private const byte ReadyFlag = 2;
    private const byte BegunFlag = 4;
    private const byte JointFlag = 8;
    private const byte HoldFlag = 16;
    private const byte NewsFlag = 32;
    private const byte FullFlag = 64;
    private const int ReceiptsMax = Views.View.MembersMax;
    private const int MessagesMax = 1 << 16;

    /// <summary>How much is told of joint messages in one frame.</summary>
    public const int NewsMax = 32;

    /// <summary>Above any clock that ever was; so that no sum overflows.</summary>
    public const ulong ClockMax = 1UL << 62;

    /// <summary>The sender's clock: its proposal for what it names here, and for its own messages.</summary>
    public ulong Clock { get; set; }

    /// <summary>True when everybody is to show its clock.</summary>
    public bool WantsAnswer { get; set; }

    /// <summary>For which frames this is a proposal, or a receipt.</summary>
    public List<Receipt> Proposals { get; } = [];

    /// <summary>Up to which frames the sender has delivered what is causal.</summary>
    public List<Receipt> CausalReceipts { get; } = [];

    /// <summary>How much has its place at the sender; null when that is nothing new.</summary>
    public ReadyReport? Ready { get; set; }

    /// <summary>Which view was told last at the sender; null when that is nothing new.</summary>
    public ulong? Begun { get; set; }

    /// <summary>What kind its messages are of.</summary>
    public FrameKind Kind { get; set; }

    /// <summary>For causal messages: up to which frames the sender had delivered others'.</summary>
    public List<Receipt> Follows { get; } = [];

    /// <summary>True while too much waits at the sender: nobody is to send messages.</summary>
    public bool IsFull { get; set; }

    /// <summary>True while the sender's view is not to get a place: a joint message of the view before has none.</summary>
    public bool HoldsView { get; set; }

    /// <summary>Joint messages of which the sender knows the place that the group gives them.</summary>
    public List<JointId> Sure { get; } = [];

    /// <summary>What the sender has to tell of joint messages in other groups.</summary>
    public List<JointVerdict> Verdicts { get; } = [];

    /// <summary>The greatest reading that clocks would rise to: its own, or that of a place in other groups.</summary>
    public ulong ClockGreatest
    {
        get
        {
            var greatest = Clock;
            foreach (var verdict in Verdicts)
            {
                greatest = Math.Max(greatest, verdict.Place);
            }

            return greatest;
        }
    }

    /// <summary>Where its messages go, when that is several groups; by their ids.</summary>
    public JointGroup[] Groups { get; set; } = [];

    /// <summary>The sender's number of them then.</summary>
    public ulong JointNumber { get; set; }

    /// <summary>The numbers of those before that some of their groups may still ask for.</summary>
    public ulong[] JointsPending { get; set; } = [];

    /// <summary>The messages.</summary>
    public FrameMessage[] Messages { get; set; } = [];

    /// <summary>Empties the frame for the next use.</summary>
    public void Clear()
    {
        Clock = 0;
        WantsAnswer = false;
        Proposals.Clear();
        CausalReceipts.Clear();
        Ready = null;
        Begun = null;
        Kind = FrameKind.Empty;
        Follows.Clear();
        IsFull = false;
        HoldsView = false;
        Sure.Clear();
        Verdicts.Clear();
        Groups = [];
        JointNumber = 0;
        JointsPending = [];
        Messages = [];
    }

    public void Write(WireWriter writer, ReadOnlySpan<FrameMessage> messages)
    {
        var mark = writer.BeginMessage((byte)OrderingMessage.Frame, Version);
        writer.WriteVarint(Clock);
        writer.WriteByte((byte)((WantsAnswer ? AnswerFlag : 0) | (Ready is null ? 0 : ReadyFlag)
            | (Begun is null ? 0 : BegunFlag) | (Groups.Length > 0 ? JointFlag : 0) | (HoldsView ? HoldFlag : 0)
            | (Sure.Count + Verdicts.Count > 0 ? NewsFlag : 0) | (IsFull ? FullFlag : 0)));
        Write(writer, Proposals);
        Write(writer, CausalReceipts);
        if (Ready is { } ready)
        {
            writer.WriteVarint(ready.Epoch);
            writer.WriteVarint(ready.Total);
            writer.WriteVarint(ready.Timed);
        }

        if (Begun is { } begun)
        {
            writer.WriteVarint(begun);
        }

        writer.WriteByte((byte)Kind);
        Write(writer, Follows);
        writer.WriteCount(messages.Length);
        foreach (ref readonly var message in messages)
        {
            writer.WriteByte((byte)message.Delivery);
            if (Kind == FrameKind.Timed)
            {
                writer.WriteVarint(message.EpsilonMicroseconds);
            }

            writer.WriteBytes(message.Payload.Span);
        }

        if (Groups.Length > 0)
        {
            WriteGroups(writer);
        }

        if (Sure.Count + Verdicts.Count > 0)
        {
            WriteNews(writer);
        }

        writer.End(mark);
    }

    /// <summary>Reads a frame over this one; false when it is malformed. Payloads are parts of its bytes.</summary>
    public bool TryRead(ReadOnlyMemory<byte> bytes)
    {
        Clear();
        var reader = new WireReader(bytes.Span);
        if (!reader.TryReadMessage(out var kind, out _, out var body) || !reader.AtEnd
            || kind != (byte)OrderingMessage.Frame)
        {
            return false;
        }

        Clock = body.ReadVarint();
        var flags = body.ReadByte();
        WantsAnswer = (flags & AnswerFlag) != 0;
        Read(ref body, Proposals);
        Read(ref body, CausalReceipts);
        if ((flags & ReadyFlag) != 0)
        {
            Ready = new ReadyReport(body.ReadVarint(), body.ReadVarint(), body.ReadVarint());
        }

        if ((flags & BegunFlag) != 0)
        {
            Begun = body.ReadVarint();
        }

        Kind = (FrameKind)body.ReadByte();
        Read(ref body, Follows);
        IsFull = (flags & FullFlag) != 0;
        HoldsView = (flags & HoldFlag) != 0;
        ReadMessages(bytes, ref body);
        if ((flags & JointFlag) != 0)
        {
            ReadGroups(ref body);
        }

        if ((flags & NewsFlag) != 0)
        {
            ReadNews(ref body);
        }

        return !body.Failed && Clock is > 0 and < ClockMax && Kind <= FrameKind.Timed
            && (Kind == FrameKind.Empty) == (Messages.Length == 0);
    }

    private void ReadMessages(ReadOnlyMemory<byte> bytes, ref WireReader body)
    {
        var count = body.ReadCount(MessagesMax, entrySizeBytesMin: 2);
        if (count == 0)
        {
            return;
        }

        Messages = new FrameMessage[count];
        for (var i = 0; i < count && !body.Failed; i++)
        {
            var delivery = (Delivery)body.ReadByte();
            var epsilon = Kind == FrameKind.Timed ? body.ReadVarint() : 0;
            var payload = body.ReadBytes(int.MaxValue);
            if (KindOf(delivery) != Kind || !delivery.IsMeaningful() || epsilon >= ClockMax)
            {
                body.Fail();
                return;
            }

            var end = bytes.Length - body.Remaining;
            Messages[i] = new FrameMessage(delivery, bytes[(end - payload.Length)..end], epsilon);
        }
    }

    private void WriteGroups(WireWriter writer)
    {
        writer.WriteVarint(JointNumber);
        writer.WriteCount(JointsPending.Length);
        foreach (var pending in JointsPending)
        {
            writer.WriteVarint(pending);
        }

        writer.WriteCount(Groups.Length);
        foreach (var group in Groups)
        {
            group.Write(writer);
        }
    }

    private void ReadGroups(ref WireReader body)
    {
        JointNumber = body.ReadVarint();
        JointsPending = new ulong[body.ReadCount(NewsMax)];
        for (var i = 0; i < JointsPending.Length; i++)
        {
            JointsPending[i] = body.ReadVarint();
        }

        Groups = new JointGroup[body.ReadCount(JointGroup.GroupsMax, entrySizeBytesMin: 20)];
        for (var i = 0; i < Groups.Length && !body.Failed; i++)
        {
            Groups[i] = JointGroup.Read(ref body);
            if (i > 0 && Groups[i - 1].Group.CompareTo(Groups[i].Group) >= 0)
            {
                body.Fail();
            }
        }

        if (Groups.Length < 2 || Kind < FrameKind.Total || JointNumber == 0)
        {
            body.Fail();
        }
    }

    private void WriteNews(WireWriter writer)
    {
        writer.WriteCount(Sure.Count);
        foreach (var copy in Sure)
        {
            copy.Write(writer);
        }

        writer.WriteCount(Verdicts.Count);
        foreach (var verdict in Verdicts)
        {
            verdict.Copy.Write(writer);
            writer.WriteVarint(verdict.Place);
        }
    }

    private void ReadNews(ref WireReader body)
    {
        for (var count = body.ReadCount(NewsMax, entrySizeBytesMin: 3); count > 0; count--)
        {
            Sure.Add(JointId.Read(ref body));
        }

        for (var count = body.ReadCount(NewsMax, entrySizeBytesMin: 4); count > 0; count--)
        {
            var verdict = new JointVerdict(JointId.Read(ref body), body.ReadVarint());
            Verdicts.Add(verdict);
            if (verdict.Place >= ClockMax)
            {
                body.Fail();
            }
        }
    }

    /// <summary>The kind of frame a message travels in.</summary>
    public static FrameKind KindOf(Delivery delivery) => delivery.Level() switch
    {
        Delivery.Total => FrameKind.Total,
        Delivery.GlobalTime => FrameKind.Timed,
        _ => FrameKind.Plain,
    };

    private static void Write(WireWriter writer, List<Receipt> receipts)
    {
        writer.WriteCount(receipts.Count);
        foreach (var receipt in receipts)
        {
            writer.WriteCount(receipt.Rank);
            writer.WriteVarint(receipt.UpTo);
        }
    }

    private static void Read(ref WireReader body, List<Receipt> receipts)
    {
        var count = body.ReadCount(ReceiptsMax, entrySizeBytesMin: 2);
        for (var i = 0; i < count && !body.Failed; i++)
        {
            receipts.Add(new Receipt(body.ReadNumber(ReceiptsMax - 1), body.ReadVarint()));
        }
    }
}
