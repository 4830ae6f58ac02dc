using System.Globalization;
using System.Numerics;
using GridVolunteer.Sdk;
using GridVolunteer.Workloads.OptionPricing.Portfolios;

namespace GridVolunteer.Workloads.OptionPricing.Sampling;

/// <summary>
/// Exact sums over samples of one contract: whole numbers of its <see cref="SampleUnits"/>. Adding is
/// associative and commutative to the last bit, so totals do not depend on how samples were split.
/// Not safe for several threads at once.
/// </summary>
internal sealed class SampleSums
{
    /// <summary>More than any sum has: the largest doubles, squared or not, have some hundred.</summary>
    private const int DigitsMax = 1000;

    private readonly SampleUnits _units;
    private readonly BigInteger[] _sums;

    /// <summary>Sums of no sample.</summary>
    public SampleSums(SampleUnits units)
    {
        _units = units;
        _sums = new BigInteger[SumLayout.Count(units.Assets)];
    }

    /// <summary>How many samples are in: paths, or antithetic pairs of them.</summary>
    public long Samples { get; private set; }

    /// <summary>The sums of <paramref name="text"/>, which <see cref="ToText"/> wrote.</summary>
    /// <exception cref="WorkloadException">It is no such text, or one of more or fewer assets.</exception>
    public static SampleSums FromText(SampleUnits units, string text)
    {
        var sums = new SampleSums(units);
        var words = text.Split(' ');
        if (words.Length != sums._sums.Length + 1)
        {
            throw new WorkloadException(
                $"Sums of samples have {words.Length} numbers where {sums._sums.Length + 1} belong.");
        }

        sums.Samples = SamplesIn(text);
        for (var i = 0; i < sums._sums.Length; i++)
        {
            var word = words[i + 1];
            if (word.Length > DigitsMax || !BigInteger.TryParse(
                word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out sums._sums[i]))
            {
                throw new WorkloadException($"'{FieldNames.Shown(word)}' is no sum of samples.");
            }
        }

        return sums;
    }

    /// <summary>How many samples are in sums of this text, whose other numbers are not looked at.</summary>
    /// <exception cref="WorkloadException">It does not begin with a number.</exception>
    public static long SamplesIn(string text)
    {
        var end = text.IndexOf(' ', StringComparison.Ordinal);
        var word = end < 0 ? text : text[..end];
        return long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var samples)
            ? samples
            : throw new WorkloadException($"'{FieldNames.Shown(word)}' is no number of samples.");
    }

    /// <summary>Takes in the samples of <paramref name="other"/>, which are of the same contract.</summary>
    public void Add(SampleSums other)
    {
        if (other._sums.Length != _sums.Length)
        {
            throw new ArgumentException("Sums of different contracts cannot be added.", nameof(other));
        }

        Samples = checked(Samples + other.Samples);
        for (var i = 0; i < _sums.Length; i++)
        {
            _sums[i] += other._sums[i];
        }
    }

    /// <summary>Counts samples whose values have been added.</summary>
    public void AddSamples(long count) => Samples = checked(Samples + count);

    /// <summary>Adds whole units to the sum at <paramref name="index"/> of <see cref="SumLayout"/>.</summary>
    public void AddUnits(int index, BigInteger units) => _sums[index] += units;

    /// <summary>
    /// The mean of a quantity, rounded once from the exact sums; 0 without samples. The asset matters for
    /// greeks only.
    /// </summary>
    public double Mean(Quantity quantity, int asset = 0) => Samples == 0 ? 0 : ExactRatio.ToDouble(
        _sums[SumLayout.Of(quantity, asset)],
        Samples,
        _units.Scale(quantity, asset) - SampleUnits.Resolution);

    /// <summary>
    /// The unbiased sample covariance of two quantities (the variance, when both are the same), rounded once
    /// from the exact sums. Kept are the variances of all, and each one's covariance with the control. A
    /// variance is never below 0. 0 with fewer than two samples.
    /// </summary>
    /// <exception cref="ArgumentException">This covariance is not kept.</exception>
    public double Covariance(Quantity one, Quantity other, int asset = 0)
    {
        var products = _sums[SumLayout.Of(one, other, asset)];
        if (Samples < 2)
        {
            return 0;
        }

        // A product's unit is 2^Resolution times the product of its factors' units.
        var numerator = ((products * Samples) << SampleUnits.Resolution)
            - (_sums[SumLayout.Of(one, asset)] * _sums[SumLayout.Of(other, asset)]);
        if (one == other && numerator.Sign < 0)
        {
            // Values that hardly differ: what is left is the rounding of their squares.
            return 0;
        }

        var exponent = _units.Scale(one, asset) + _units.Scale(other, asset) - (2 * SampleUnits.Resolution);
        return ExactRatio.ToDouble(numerator, (BigInteger)Samples * (Samples - 1), exponent);
    }

    /// <summary>Everything in it, in decimal digits: the samples, then the sums; lossless.</summary>
    public string ToText() => string.Join(
        ' ',
        _sums.Select(sum => sum.ToString(CultureInfo.InvariantCulture))
            .Prepend(Samples.ToString(CultureInfo.InvariantCulture)));
}
