using GridVolunteer.Workloads.ProteinSearch.Fasta;

namespace GridVolunteer.Workloads.Tests.ProteinSearch;

/// <summary>
/// A query and the sequences to compare it with, all made from a number: more or fewer than any kernel has
/// lanes, of lengths from 1 on, many of them damaged copies of the query, so that long alignments with gaps
/// occur, and in every other case rich in tryptophan, so that scores leave 8 bits.
/// </summary>
internal sealed class SearchCase
{
    private const int TargetsMax = 150;
    private const int LengthMax = 70;
    private static readonly byte Tryptophan = Alphabet.CodeOf('W');

    private readonly Random _random;
    private readonly int _richness;

    public SearchCase(int seed)
    {
        _random = new Random(seed);
        _richness = seed % 2 == 0 ? 0 : 70;
        Query = Protein(1 + _random.Next(LengthMax));
        Targets = [.. Enumerable.Range(0, 1 + _random.Next(TargetsMax)).Select(_ => Target())];
    }

    public byte[] Query { get; }

    public byte[][] Targets { get; }

    private byte[] Target() => _random.Next(3) == 0 ? Protein(1 + _random.Next(LengthMax)) : Edited();

    private byte[] Edited()
    {
        var harm = _random.Next(30);
        var target = Protein(_random.Next(4)).ToList();
        foreach (var residue in Query)
        {
            target.AddRange(_random.Next(100) < harm ? Protein(_random.Next(4)) : [residue]);
        }

        return target.Count > 0 ? [.. target] : Protein(1);
    }

    private byte[] Protein(int length)
    {
        var residues = new byte[length];
        for (var i = 0; i < length; i++)
        {
            residues[i] = _random.Next(100) < _richness ? Tryptophan : (byte)_random.Next(Alphabet.Size);
        }

        return residues;
    }
}
