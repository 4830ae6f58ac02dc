using System.Buffers;

namespace GridVolunteer.Coordination.Shards.Units;

/// <summary>What unit codes mean under one quorum; shared by all shards with that quorum.</summary>
internal sealed class QuorumTable
{
    private static readonly QuorumTable[] Tables =
        [.. Enumerable.Range(1, UnitCode.QuorumMax).Select(q => new QuorumTable(q))];

    private readonly byte[] _wanted = new byte[256];
    private readonly UnitPhase[] _phases = new UnitPhase[256];

    private QuorumTable(int quorum)
    {
        byte[] codes =
            [.. Enumerable.Range(0, 256).Select(c => (byte)c).Where(c => UnitCode.IsValid(c, quorum))];
        foreach (var code in codes)
        {
            _phases[code] = UnitCode.Phase(code);
            _wanted[code] = UnitCode.IsIssued(code)
                ? (byte)Math.Max(0, quorum - UnitCode.Agreeing(code) - UnitCode.Live(code))
                : (byte)0;
        }

        Wanting = Matching(codes, c => _wanted[c] > 0);
        LackingReplica = Matching(codes, c => _wanted[c] > 0 && UnitCode.Agreeing(c) + UnitCode.Live(c) > 0);
        GivenBack = Matching(codes, c => _wanted[c] > 0 && UnitCode.Agreeing(c) + UnitCode.Live(c) == 0);
        SecondCopy = Matching(
            codes, c => UnitCode.Live(c) > 0 && UnitCode.Agreeing(c) + UnitCode.Live(c) == quorum);
    }

    /// <summary>Issued units of which a copy could be handed out.</summary>
    public SearchValues<byte> Wanting { get; }

    /// <summary>Those of them that have a copy or a result already: a replica is missing.</summary>
    public SearchValues<byte> LackingReplica { get; }

    /// <summary>The others: nothing of them is out or in.</summary>
    public SearchValues<byte> GivenBack { get; }

    /// <summary>
    /// Issued units with exactly the copies they need, which may get one more when the others are slow.
    /// </summary>
    public SearchValues<byte> SecondCopy { get; }

    /// <summary>The table of a quorum from 1 to <see cref="UnitCode.QuorumMax"/>.</summary>
    public static QuorumTable For(int quorum) => Tables[quorum - 1];

    /// <summary>Copies of an issued unit that could be handed out.</summary>
    public int Wanted(byte code) => _wanted[code];

    /// <summary>The phase of a unit.</summary>
    public UnitPhase Phase(byte code) => _phases[code];

    private static SearchValues<byte> Matching(byte[] codes, Func<byte, bool> condition) =>
        SearchValues.Create(codes.Where(condition).ToArray());
}
