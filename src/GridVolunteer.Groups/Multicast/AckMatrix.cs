namespace GridVolunteer.Groups.Multicast;

/// <summary>What each member is known to hold of each sender's messages, by rank.</summary>
internal sealed class AckMatrix(int members)
{
    private readonly ulong[,] _contiguous = new ulong[members, members];
    private readonly ulong[,] _bitmaps = new ulong[members, members];

    /// <summary>Everything up to this number of the sender's is with the member.</summary>
    public ulong this[int member, int sender] => _contiguous[member, sender];

    /// <summary>Learns what a member holds; false when that is nothing new.</summary>
    public bool Update(int member, int sender, ulong contiguous, ulong bitmap)
    {
        if (contiguous < _contiguous[member, sender])
        {
            return false;
        }

        var isNew = contiguous > _contiguous[member, sender] || bitmap != _bitmaps[member, sender];
        _contiguous[member, sender] = contiguous;
        _bitmaps[member, sender] = bitmap;
        return isNew;
    }

    /// <summary>True when a member is known to hold a message.</summary>
    public bool Holds(int member, int sender, ulong sequence)
    {
        var contiguous = _contiguous[member, sender];
        if (sequence <= contiguous)
        {
            return true;
        }

        var bit = sequence - contiguous - 2;
        return sequence >= contiguous + 2 && bit < 64 && (_bitmaps[member, sender] >> (int)bit & 1) == 1;
    }

    /// <summary>Everything up to this number of the sender's is with everybody.</summary>
    public ulong Stable(int sender)
    {
        var stable = ulong.MaxValue;
        for (var member = 0; member < members; member++)
        {
            stable = Math.Min(stable, _contiguous[member, sender]);
        }

        return stable;
    }
}
