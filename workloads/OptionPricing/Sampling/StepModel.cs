using GridVolunteer.Sdk;
using GridVolunteer.Workloads.OptionPricing.Contracts;
using GridVolunteer.Workloads.OptionPricing.Numerics;

namespace GridVolunteer.Workloads.OptionPricing.Sampling;

/// <summary>
/// One asset over one step of a path, in powers of 2. With h = <see cref="Volatility"/> · z +
/// <see cref="Drift"/> the price grows by 2^(h + <see cref="Growth"/>), and the sum of the h so far, times
/// <see cref="VegaFactor"/>, is the derivative of the log price by the volatility: W(t) - sigma t.
/// </summary>
internal sealed class StepModel
{
    private const double Log2E = 1.4426950408889634;
    private const double Ln2 = 0.6931471805599453;

    /// <summary>No normal is further from 0: the smallest uniform is 2^-52.</summary>
    private const double NormalMax = 8.5;

    /// <summary>A path may grow or shrink by this power of 2 in a step at most.</summary>
    private const double StepExponentMax = 500;

    /// <summary>An asset's steps; <paramref name="sign"/> is -1 for the antithetic path, else 1.</summary>
    /// <exception cref="WorkloadException">A step may be so wide that prices leave the doubles.</exception>
    public StepModel(Contract contract, int asset, double sign)
    {
        var (spot, sigma, yield, _) = contract.Assets[asset];
        var years = contract.MaturityYears / contract.Fixings;
        Volatility = sign * (sigma * Math.Sqrt(years) * Log2E);
        Drift = -(sigma * sigma * years * Log2E);
        Growth = ((contract.Rate - yield) + (0.5 * sigma * sigma)) * years * Log2E;
        VegaFactor = Ln2 / sigma;
        LogSpot = BinaryLog(spot);

        // The norm of as many normals as there are assets bounds what a factor's row makes of them.
        var normals = NormalMax * Math.Sqrt(contract.Assets.Count);
        var exponentMax = (Math.Abs(Volatility) * normals) + Math.Abs(Drift) + Math.Abs(Growth);
        if (!(exponentMax <= StepExponentMax))
        {
            throw new WorkloadException(
                $"Contract '{contract.Name}': volatility {sigma:R}, rate {contract.Rate:R} and yield "
                + $"{yield:R} over {years:R} years between fixings are too much: prices would leave the "
                + "range of double precision. Check that rates and volatilities are fractions a year, not per cent.");
        }
    }

    /// <summary>sigma sqrt(dt), with the path's sign.</summary>
    public double Volatility { get; }

    /// <summary>-sigma² dt.</summary>
    public double Drift { get; }

    /// <summary>(r - q + sigma²/2) dt.</summary>
    public double Growth { get; }

    /// <summary>log(2) / sigma.</summary>
    public double VegaFactor { get; }

    /// <summary>The binary logarithm of the spot.</summary>
    public double LogSpot { get; }

    /// <summary>The binary logarithm, the same bits everywhere.</summary>
    public static double BinaryLog(double value) => PortableMath.Log(value) * Log2E;
}
