using System.Diagnostics.CodeAnalysis;
using GridVolunteer.Groups.Views;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Register;

/// <summary>
/// What members of one open group put before their messages, so that what one that is no member posts is delivered
/// once, though several members may have sent it on: the author and the author's number. Each member remembers
/// which numbers it has delivered: a window of 64 below the greatest, for the last authors. Who joins takes that
/// over with the group's state.
/// </summary>
internal sealed class OpenGate
{
    /// <summary>How many authors are remembered; then the one that has been silent longest is forgotten.</summary>
    public const int AuthorsMax = 1_024;

    private const int WindowNumbers = 64;

    // In the order of their last posts: the first is the one to forget.
    private readonly List<Author> _authors = [];
    private readonly WireWriter _writer = new();

    /// <summary>A member's own message.</summary>
    public byte[] Wrap(ReadOnlySpan<byte> payload) => [0, .. payload];

    /// <summary>What one that is no member has posted.</summary>
    public byte[] WrapPost(MemberLife author, ulong number, ReadOnlySpan<byte> payload)
    {
        _writer.Clear();
        _writer.WriteByte(1);
        author.Write(_writer);
        _writer.WriteVarint(number);
        _writer.WriteRaw(payload);
        return _writer.Written.ToArray();
    }

    /// <summary>True when a post has been delivered here.</summary>
    public bool HasDelivered(MemberLife author, ulong number) =>
        Find(author) is { } known && known.Has(number);

    /// <summary>
    /// Opens what was delivered; false when it is to be passed over: it was delivered before, or is malformed.
    /// </summary>
    public bool TryOpen(ReadOnlyMemory<byte> message, [NotNullWhen(true)] out OpenedMessage? opened)
    {
        opened = null;
        var reader = new WireReader(message.Span);
        if (!reader.ReadBoolean())
        {
            opened = reader.Failed ? null : new OpenedMessage(Author: null, 0, message[1..], IsRepeated: false);
            return opened is not null;
        }

        var author = MemberLife.Read(ref reader);
        var number = reader.ReadVarint();
        if (reader.Failed || number == 0)
        {
            return false;
        }

        opened = new OpenedMessage(author, number, message[^reader.Remaining..], IsRepeated: !Take(author, number));
        return true;
    }

    /// <summary>Writes what is remembered, for one that joins.</summary>
    public void Write(WireWriter writer)
    {
        writer.WriteCount(_authors.Count);
        foreach (var author in _authors)
        {
            author.Life.Write(writer);
            writer.WriteVarint(author.Greatest);
            writer.WriteUInt64(author.Window);
        }
    }

    /// <summary>Takes over what others remember; false when it is malformed.</summary>
    public bool TryRead(ref WireReader reader)
    {
        var count = reader.ReadCount(AuthorsMax, ProcessId.SizeBytes + 10);
        List<Author> authors = [];
        for (var i = 0; i < count; i++)
        {
            var life = MemberLife.Read(ref reader);
            authors.Add(new Author(life) { Greatest = reader.ReadVarint(), Window = reader.ReadUInt64() });
        }

        if (reader.Failed)
        {
            return false;
        }

        _authors.Clear();
        _authors.AddRange(authors);
        return true;
    }

    private Author? Find(MemberLife author) => _authors.Find(a => a.Life == author);

    private bool Take(MemberLife life, ulong number)
    {
        var author = Find(life);
        if (author is null)
        {
            author = new Author(life);
            _authors.RemoveRange(0, Math.Max(0, _authors.Count + 1 - AuthorsMax));
        }
        else
        {
            _authors.Remove(author);
        }

        _authors.Add(author);
        return author.Take(number);
    }

    private sealed class Author(MemberLife life)
    {
        public MemberLife Life { get; } = life;

        public ulong Greatest { get; set; }

        /// <summary>Bit i: the number i below the greatest has been delivered.</summary>
        public ulong Window { get; set; }

        public bool Has(ulong number) =>
            number <= Greatest && (Greatest - number >= WindowNumbers || (Window >> (int)(Greatest - number) & 1) == 1);

        public bool Take(ulong number)
        {
            if (Has(number))
            {
                return false;
            }

            if (number > Greatest)
            {
                var by = number - Greatest;
                Window = by >= WindowNumbers ? 1 : (Window << (int)by) | 1;
                Greatest = number;
            }
            else
            {
                Window |= 1UL << (int)(Greatest - number);
            }

            return true;
        }
    }
}
