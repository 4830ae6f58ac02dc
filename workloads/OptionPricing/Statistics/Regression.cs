using GridVolunteer.Workloads.OptionPricing.Sampling;

namespace GridVolunteer.Workloads.OptionPricing.Statistics;

/// <summary>
/// Estimates of one contract from its exact sums. With a control variate each quantity is regressed on the
/// control: mean(X) - β (mean(C) - E[C]) with β = cov(X, C) / var(C), which has the variance of what the
/// control does not explain (Glasserman 2004, section 4.1). Everything is IEEE additions, multiplications,
/// divisions and square roots.
/// </summary>
/// <param name="sums">The sums.</param>
/// <param name="controlMean">The control's true mean, or null without a control.</param>
internal sealed class Regression(SampleSums sums, double? controlMean)
{
    /// <summary>Fewer samples say nothing about an error.</summary>
    public const int SamplesMin = 3;

    private readonly double _controlVariance =
        controlMean is null ? 0 : sums.Covariance(Quantity.Control, Quantity.Control);

    /// <summary>A control that never varies, such as an option that never pays, explains nothing.</summary>
    private bool HasControl => _controlVariance > 0;

    /// <summary>The estimate of a quantity.</summary>
    public Estimate Of(Quantity quantity, int asset = 0)
    {
        var mean = sums.Mean(quantity, asset);
        if (HasControl)
        {
            mean -= Beta(quantity, asset) * (sums.Mean(Quantity.Control) - controlMean!.Value);
        }

        return new Estimate(mean, Math.Sqrt(Residual(quantity, asset) / sums.Samples));
    }

    /// <summary>How much the quantity moves with the control; 0 without one.</summary>
    public double Beta(Quantity quantity, int asset = 0) =>
        HasControl ? sums.Covariance(quantity, Quantity.Control, asset) / _controlVariance : 0;

    /// <summary>
    /// How many times as many samples would be needed for the same error without the control; 1 without one,
    /// infinite when it explains everything.
    /// </summary>
    public double VarianceReduction(Quantity quantity, int asset = 0)
    {
        var variance = sums.Covariance(quantity, quantity, asset);
        return variance == 0 ? 1 : variance / Residual(quantity, asset);
    }

    /// <summary>Variance of one sample around the regression.</summary>
    private double Residual(Quantity quantity, int asset)
    {
        var variance = sums.Covariance(quantity, quantity, asset);
        if (!HasControl)
        {
            return variance;
        }

        var explained = Beta(quantity, asset) * sums.Covariance(quantity, Quantity.Control, asset);
        double n = sums.Samples;

        // Two numbers are fitted, the mean and β. What rounding leaves below 0 is 0.
        return Math.Max(0, (variance - explained) * (n - 1) / (n - 2));
    }
}
