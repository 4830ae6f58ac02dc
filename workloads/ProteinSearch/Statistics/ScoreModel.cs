using GridVolunteer.Sdk.Numerics;
using GridVolunteer.Workloads.ProteinSearch.Fasta;

namespace GridVolunteer.Workloads.ProteinSearch.Statistics;

/// <summary>
/// Scores that chance gives a query among sequences of certain lengths (S. Karlin, S. Altschul, 1990): the
/// best alignment with a sequence of n residues scores s or more with probability 1 - exp(-K m n e^(-lambda
/// s)). Sequences are taken together in classes of nearly equal length.
/// </summary>
internal sealed class ScoreModel
{
    /// <summary>Classes within a doubling of the length.</summary>
    private const int ClassesPerDoubling = 8;

    private readonly double[] _weights;
    private readonly double[] _lengths;

    /// <summary>From the lengths of a database's sequences.</summary>
    public ScoreModel(IEnumerable<ProteinSequence> sequences)
    {
        var classes = new SortedDictionary<int, (long Count, long Residues)>();
        foreach (var sequence in sequences)
        {
            var length = sequence.Residues.Length;
            var place = ClassOf(length);
            var (count, residues) = classes.GetValueOrDefault(place);
            classes[place] = (count + 1, residues + length);
            Sequences++;
        }

        _weights = [.. classes.Values.Select(c => (double)c.Count / Sequences)];
        _lengths = [.. classes.Values.Select(c => (double)c.Residues / c.Count)];
    }

    /// <summary>How many sequences there are.</summary>
    public long Sequences { get; }

    /// <summary>
    /// The share of the sequences with a score of at least each of <paramref name="first"/>, <paramref
    /// name="first"/> + 1 and so on.
    /// </summary>
    public void Tails(GumbelParameters parameters, int queryLength, int first, Span<double> tails)
    {
        var decay = PortableMath.Exp(-parameters.Lambda);
        var density = parameters.K * queryLength * PortableMath.Exp(-parameters.Lambda * first);
        for (var i = 0; i < tails.Length; i++)
        {
            var tail = 0.0;
            for (var c = 0; c < _lengths.Length; c++)
            {
                tail += _weights[c] * PortableMath.OneMinusExp(density * _lengths[c]);
            }

            tails[i] = tail;
            density *= decay;
        }
    }

    private static int ClassOf(int length)
    {
        // Whole numbers only: the doubling, and the eighth of it.
        var doubling = int.Log2(length);
        return (doubling * ClassesPerDoubling) + (int)(((long)length * ClassesPerDoubling) >> doubling);
    }
}
