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
    private const int ReceiptsMax = Views.View.MembersMax;
    private const int MessagesMax = 1 << 16;

    /// <summary>Above any clock that ever was; so that no sum overflows.</summary>
    public const ulong ClockMax = 1UL << 62;

    /// <summary>Bytes a frame needs beside its messages' payloads, at most, for so many members and messages.</summary>
    public static int OverheadBytesMax(int members, int messages) => 64 + (members * 36) + (messages * 24);

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
        Messages = [];
    }

    public void Write(WireWriter writer, ReadOnlySpan<FrameMessage> messages)
    {
        var mark = writer.BeginMessage((byte)OrderingMessage.Frame, Version);
        writer.WriteVarint(Clock);
        writer.WriteByte((byte)((WantsAnswer ? AnswerFlag : 0) | (Ready is null ? 0 : ReadyFlag)
            | (Begun is null ? 0 : BegunFlag)));
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
        ReadMessages(bytes, ref body);
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
