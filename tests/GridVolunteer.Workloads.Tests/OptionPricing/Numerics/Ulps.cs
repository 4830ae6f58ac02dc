namespace GridVolunteer.Workloads.Tests.OptionPricing.Numerics;

/// <summary>Distances in units of the last place.</summary>
internal static class Ulps
{
    /// <summary>How far apart two doubles are, in steps of the second; 0 between two NaNs.</summary>
    public static double Between(double actual, double expected)
    {
        if (actual.Equals(expected) || actual == expected)
        {
            return 0;
        }

        var size = Math.Abs(expected);
        var step = size == 0 ? double.Epsilon : Math.BitIncrement(size) - size;
        var distance = Math.Abs(actual - expected) / step;
        return double.IsNaN(distance) ? double.PositiveInfinity : distance;
    }

    /// <summary>The greatest distance between a function's results and what is expected of them.</summary>
    public static double Greatest(double[] arguments, double[] results, Func<double, double> expected) =>
        arguments.Zip(results, (argument, result) => Between(result, expected(argument))).Max();
}
