namespace GridVolunteer.Workloads.OptionPricing.Sampling;

/// <summary>What is sampled of a contract: one value a sample, for greeks one value an asset.</summary>
internal enum Quantity
{
    /// <summary>X, the discounted payoff; its mean is the price.</summary>
    Payoff,

    /// <summary>C, the control (<see cref="ControlKind"/>); 0 without one.</summary>
    Control,

    /// <summary>D, the derivative of the price by the asset's spot.</summary>
    Delta,

    /// <summary>V, the derivative of the price by the asset's volatility, per 1.00 of it.</summary>
    Vega,
}
