using GridVolunteer.Workloads.ProteinSearch.Alignment;
using GridVolunteer.Workloads.ProteinSearch.Fasta;
using GridVolunteer.Workloads.ProteinSearch.Kernel;

namespace GridVolunteer.Benchmarks.Kernels;

/// <summary>ProteinSearch's kernel on one query and a database, on the calling thread.</summary>
internal sealed class TimedSearch
{
    private readonly QueryProfile _query;
    private readonly byte[][] _sequences;
    private readonly SearchKernel _kernel;
    private readonly SimdWidth _width;
    private readonly double _cells;

    public TimedSearch(ProteinSequence query, IReadOnlyList<ProteinSequence> database, SimdWidth width)
    {
        (_kernel, _width) = (new SearchKernel(width), width);
        _query = new QueryProfile(query);
        _sequences = [.. database.Select(p => p.Residues)];
        _cells = (double)query.Residues.Length * _sequences.Sum(residues => (long)residues.Length);
    }

    /// <summary>The bits of its vectors.</summary>
    public int VectorBits => 128 << (int)_width;

    /// <summary>What it is called in reports.</summary>
    public string Name => $"ProteinSearch, {VectorBits} bits";

    /// <summary>The scores of the sequences, once there has been a lap.</summary>
    public int[] Scores { get; private set; } = [];

    /// <summary>Passes over the database again and again.</summary>
    public Lap Run(double seconds, CancellationToken cancellationToken)
    {
        var clock = new ProcessorClock();
        double cells = 0;
        double used;
        do
        {
            Scores = _kernel.Scores(_query, _sequences, cancellationToken);
            cells += _cells;
            used = clock.Seconds;
        }
        while (used < seconds);

        return new Lap(cells, used);
    }
}
