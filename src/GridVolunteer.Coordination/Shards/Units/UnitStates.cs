using System.Diagnostics;

namespace GridVolunteer.Coordination.Shards.Units;

/// <summary>
/// The state of a shard's units, one byte each (<see cref="UnitCode"/>), and counters that always add up to
/// their number. Units are handed out for the first time in increasing order, so the fresh ones are those
/// from <see cref="FreshFrom"/> on.
/// </summary>
internal sealed class UnitStates
{
    private readonly byte[] _codes;
    private readonly int[] _counts = new int[6];

    // No unit below it wants a copy; a hint that saves scanning what is done.
    private int _wantingFrom;

    public UnitStates(int unitCount, int quorum)
    {
        _codes = new byte[unitCount];
        _counts[(int)UnitPhase.Fresh] = unitCount;
        Quorum = quorum;
        Table = QuorumTable.For(quorum);
    }

    /// <summary>Agreeing results that make a unit valid.</summary>
    public int Quorum { get; }

    /// <summary>What the codes mean under the shard's quorum.</summary>
    public QuorumTable Table { get; }

    /// <summary>Units in all.</summary>
    public int UnitCount => _codes.Length;

    /// <summary>The first unit never handed out.</summary>
    public int FreshFrom { get; private set; }

    /// <summary>Copies of issued units that could be handed out.</summary>
    public long CopiesWanted { get; private set; }

    /// <summary>Units neither validated nor failed.</summary>
    public int Undecided => UnitCount - Count(UnitPhase.Validated) - Count(UnitPhase.Failed);

    /// <summary>The codes, for scanning.</summary>
    public ReadOnlySpan<byte> Codes => _codes;

    /// <summary>The code of one unit.</summary>
    public byte this[int unit] => _codes[unit];

    /// <summary>How many units are in a phase.</summary>
    public int Count(UnitPhase phase) => _counts[(int)phase];

    /// <summary>
    /// How many units from <paramref name="start"/> on, within <paramref name="count"/>, have the first one's
    /// code.
    /// </summary>
    public int SameFrom(int start, int count)
    {
        var codes = _codes.AsSpan(start, count);
        var same = codes.IndexOfAnyExcept(codes[0]);
        return same < 0 ? count : same;
    }

    /// <summary>Changes units by one of the tables of <see cref="UnitChange"/>.</summary>
    public void Change(int start, int count, byte[] change)
    {
        var end = start + count;
        while (start < end)
        {
            var same = SameFrom(start, end - start);
            var (old, code) = (_codes[start], change[_codes[start]]);
            if (old != code)
            {
                Recount(old, code, start, same);
                _codes.AsSpan(start, same).Fill(code);
            }

            start += same;
        }
    }

    /// <summary>Hands out a copy of each unit.</summary>
    public void Issue(int start, int count)
    {
        Change(start, count, UnitChange.Issue);
        if (start > FreshFrom)
        {
            throw new UnreachableException("Fresh units are handed out in order.");
        }

        FreshFrom = Math.Max(FreshFrom, start + count);
    }

    /// <summary>Says how many results of issued units agree.</summary>
    public void SetAgreeing(int start, int count, int agreeing)
    {
        var end = start + count;
        for (int same; start < end; start += same)
        {
            same = SameFrom(start, end - start);
            var old = _codes[start];
            var code = UnitCode.Issued(agreeing, UnitCode.Live(old), UnitCode.IsTracked(old));
            Recount(old, code, start, same);
            _codes.AsSpan(start, same).Fill(code);
        }
    }

    /// <summary>Where to begin looking for units that want a copy.</summary>
    public int WantingFrom()
    {
        var next = _codes.AsSpan(_wantingFrom, FreshFrom - _wantingFrom).IndexOfAny(Table.Wanting);
        _wantingFrom = next < 0 ? FreshFrom : _wantingFrom + next;
        return _wantingFrom;
    }

    /// <summary>
    /// Puts a run of codes where a snapshot had it; the units before were restored already.
    /// </summary>
    public void Restore(int start, int count, byte code)
    {
        Recount(_codes[start], code, start, count);
        _codes.AsSpan(start, count).Fill(code);
        if (code != UnitCode.Fresh)
        {
            FreshFrom = start + count;
        }
    }

    private void Recount(byte old, byte code, int start, int count)
    {
        _counts[(int)Table.Phase(old)] -= count;
        _counts[(int)Table.Phase(code)] += count;
        var more = Table.Wanted(code) - Table.Wanted(old);
        CopiesWanted += (long)more * count;
        if (more > 0)
        {
            _wantingFrom = Math.Min(_wantingFrom, start);
        }
    }
}
