using System.Globalization;

namespace GridVolunteer.Cli.Plots;

/// <summary>
/// How the numbers on one axis are written: all alike, as many decimals as tell them apart, thousands apart,
/// and as multiples of a power of ten where they would be long.
/// </summary>
public sealed class NumberLabels
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    private const int ExponentMax = 7;
    private const int ExponentMin = -5;

    private readonly int _exponent;
    private readonly int _decimals;

    /// <summary>Labels for an axis.</summary>
    /// <param name="magnitude">The largest magnitude on it.</param>
    /// <param name="stepExponent">The power of ten of the last digit that tells labels apart.</param>
    public NumberLabels(double magnitude, int stepExponent)
    {
        var exponent = (int)Math.Floor(Math.Log10(magnitude));
        _exponent = exponent is >= ExponentMin and < ExponentMax ? 0 : exponent;
        _decimals = Math.Max(0, _exponent - stepExponent);
    }

    /// <summary>A number in plain digits: <c>12,500.5</c>.</summary>
    public static string Plain(double value, int decimals) =>
        value.ToString($"N{decimals}", CultureInfo.InvariantCulture).Replace('-', '−');

    /// <summary>A power of ten: <c>10⁻⁷</c>.</summary>
    public static string PowerOfTen(int exponent)
    {
        var digits = Math.Abs(exponent).ToString(CultureInfo.InvariantCulture);
        return $"10{(exponent < 0 ? "⁻" : "")}{string.Concat(digits.Select(d => Superscripts[d - '0']))}";
    }

    /// <summary>The label of a value.</summary>
    public string Of(double value) =>
        value == 0 ? "0"
        : _exponent == 0 ? Plain(value, _decimals)
        : $"{Plain(value / Math.Pow(10, _exponent), _decimals)}×{PowerOfTen(_exponent)}";
}
