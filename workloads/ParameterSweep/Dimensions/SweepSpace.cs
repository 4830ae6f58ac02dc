using GridVolunteer.Sdk;

namespace GridVolunteer.Workloads.ParameterSweep.Dimensions;

/// <summary>
/// The cross product of the dimensions. A unit's index is its combination in the order of nested loops: the
/// dimension that the command names first is the outermost, the last varies fastest. Nothing is stored but
/// the dimensions.
/// </summary>
internal sealed class SweepSpace
{
    /// <summary>The most combinations a sweep may have.</summary>
    public const long CombinationsMax = 1_000_000_000_000;

    /// <exception cref="WorkloadException">There are too many combinations.</exception>
    public SweepSpace(IReadOnlyList<Dimension> dimensions)
    {
        Dimensions = dimensions;
        Int128 combinations = 1;
        foreach (var dimension in dimensions)
        {
            combinations *= dimension.Values.Count;
            if (combinations > CombinationsMax)
            {
                throw new WorkloadException(
                    $"The sweep has more than {CombinationsMax} combinations: " +
                    $"{string.Join(" x ", dimensions.Select(d => $"{d.Values.Count} {d.Name}"))}.");
            }
        }

        Combinations = (long)combinations;
    }

    /// <summary>The dimensions, outermost first.</summary>
    public IReadOnlyList<Dimension> Dimensions { get; }

    /// <summary>Combinations of their values; 1 when there is no dimension.</summary>
    public long Combinations { get; }

    /// <summary>The values of one combination by dimension, in the order of the dimensions.</summary>
    public IReadOnlyDictionary<string, string> this[long index]
    {
        get
        {
            var texts = new string[Dimensions.Count];
            for (var d = texts.Length - 1; d >= 0; d--)
            {
                (index, var place) = Math.DivRem(index, Dimensions[d].Values.Count);
                texts[d] = Dimensions[d].Values[place];
            }

            var combination = new Dictionary<string, string>();
            for (var d = 0; d < texts.Length; d++)
            {
                combination.Add(Dimensions[d].Name, texts[d]);
            }

            return combination;
        }
    }
}
