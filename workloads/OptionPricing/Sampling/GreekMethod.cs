namespace GridVolunteer.Workloads.OptionPricing.Sampling;

/// <summary>
/// How the derivative of a price by a parameter is estimated (Broadie and Glasserman, "Estimating security
/// price derivatives using simulation", 1996).
/// </summary>
internal enum GreekMethod
{
    /// <summary>The mean of the payoff's own derivative along the path; the payoff is continuous.</summary>
    Pathwise,

    /// <summary>
    /// The mean of the payoff times the derivative of the path's log density: unbiased for payoffs that
    /// jump too, at the price of a greater variance.
    /// </summary>
    LikelihoodRatio,
}
