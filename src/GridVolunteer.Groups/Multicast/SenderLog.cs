using System.Diagnostics.CodeAnalysis;

namespace GridVolunteer.Groups.Multicast;

/// <summary>
/// What is held of one sender in one view: everything up to <see cref="Contiguous"/>, and some beyond a gap.
/// Numbers begin at 1.
/// </summary>
/// <param name="windowMessages">How far beyond what is contiguous a number may be.</param>
internal sealed class SenderLog(int windowMessages)
{
    private readonly Dictionary<ulong, StoredMessage> _messages = [];

    /// <summary>Everything up to this number has been received.</summary>
    public ulong Contiguous { get; private set; }

    /// <summary>Everything up to this number has been delivered.</summary>
    public ulong Delivered { get; private set; }

    /// <summary>Everything up to this number is with everybody, and is kept no longer once delivered.</summary>
    public ulong Stable { get; private set; }

    /// <summary>The greatest number that is known to have been sent.</summary>
    public ulong Announced { get; private set; }

    /// <summary>How many messages are kept.</summary>
    public int Kept => _messages.Count;

    /// <summary>True when something is known to be missing.</summary>
    public bool HasGap => Announced > Contiguous;

    /// <summary>Learns that a number has been sent.</summary>
    public void Announce(ulong sequence) =>
        Announced = Math.Max(Announced, Math.Min(sequence, Contiguous + (ulong)windowMessages));

    /// <summary>Takes in a message; false when it is held already or too far beyond the rest.</summary>
    public bool Add(ulong sequence, StoredMessage message)
    {
        if (sequence <= Contiguous || sequence > Contiguous + (ulong)windowMessages
            || !_messages.TryAdd(sequence, message))
        {
            return false;
        }

        Announced = Math.Max(Announced, sequence);
        while (_messages.ContainsKey(Contiguous + 1))
        {
            Contiguous++;
        }

        return true;
    }

    /// <summary>The numbers beyond the gap that are held: bit i stands for contiguous + 2 + i.</summary>
    public ulong Bitmap()
    {
        ulong bits = 0;
        for (var i = 0; i < 64 && Contiguous + 2 + (ulong)i <= Announced; i++)
        {
            bits |= _messages.ContainsKey(Contiguous + 2 + (ulong)i) ? 1UL << i : 0;
        }

        return bits;
    }

    /// <summary>Finds the first numbers that are missing, up to the last given; returns how many.</summary>
    public int FindMissing(ulong last, Span<ulong> missing)
    {
        var count = 0;
        for (var sequence = Contiguous + 1; sequence <= last && count < missing.Length; sequence++)
        {
            if (!_messages.ContainsKey(sequence))
            {
                missing[count++] = sequence;
            }
        }

        return count;
    }

    public bool TryGet(ulong sequence, [NotNullWhen(true)] out StoredMessage? message) =>
        _messages.TryGetValue(sequence, out message);

    /// <summary>
    /// Takes out the next to be delivered: what is safe only once it is stable, unless everything counts as
    /// such.
    /// </summary>
    public bool TryDeliver(bool countsAsStable, ulong limit, [NotNullWhen(true)] out StoredMessage? message)
    {
        message = null;
        if (Delivered >= Contiguous || Delivered >= limit)
        {
            return false;
        }

        message = _messages[Delivered + 1];
        if (message.IsSafe && !countsAsStable && Delivered + 1 > Stable)
        {
            message = null;
            return false;
        }

        Delivered++;
        if (Delivered <= Stable)
        {
            _messages.Remove(Delivered);
        }

        return true;
    }

    /// <summary>Learns that everything up to a number is with everybody.</summary>
    public bool Stabilize(ulong sequence)
    {
        sequence = Math.Min(sequence, Contiguous);
        if (sequence <= Stable)
        {
            return false;
        }

        for (var i = Stable + 1; i <= Math.Min(sequence, Delivered); i++)
        {
            _messages.Remove(i);
        }

        Stable = sequence;
        return true;
    }
}
