using GridVolunteer.Workloads.ProteinSearch.Fasta;

namespace GridVolunteer.Workloads.ProteinSearch.Alignment;

/// <summary>
/// A query laid out for alignment: its residues where they never move, and which of them occur at all, since
/// only for those the kernel fills in scores. Made once per job and process. Never changes, so threads may
/// share it.
/// </summary>
internal sealed unsafe class QueryProfile
{
    /// <summary>How many codes a residue may have.</summary>
    public const int Codes = 24;

    private readonly byte[] _residues;

    public QueryProfile(ProteinSequence query)
    {
        Name = query.Name;
        _residues = GC.AllocateUninitializedArray<byte>(query.Residues.Length, pinned: true);
        query.Residues.CopyTo(_residues, 0);
        Start = (byte*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(_residues, 0);
        Distinct = [.. query.Residues.Distinct().Order()];
    }

    /// <summary>The query's name.</summary>
    public string Name { get; }

    /// <summary>The query's residues.</summary>
    public int Length => _residues.Length;

    /// <summary>The residues.</summary>
    public ReadOnlySpan<byte> Residues => _residues;

    /// <summary>The first residue. Valid as long as this object is reachable.</summary>
    public byte* Start { get; }

    /// <summary>The residues that occur, each once.</summary>
    public byte[] Distinct { get; }
}
