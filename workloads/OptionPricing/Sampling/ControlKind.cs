namespace GridVolunteer.Workloads.OptionPricing.Sampling;

/// <summary>
/// The quantity C that is sampled beside the payoff because its mean is known in closed form (control
/// variate; Glasserman, "Monte Carlo Methods in Financial Engineering", 2004, section 4.1). C is always
/// discounted to today.
/// </summary>
internal enum ControlKind
{
    /// <summary>None; C is 0.</summary>
    None,

    /// <summary>exp(-rT) S(T). Its mean is S(0) exp(-qT). For the European and the geometric Asian.</summary>
    TerminalSpot,

    /// <summary>
    /// The discounted payoff of the European of the same right and strike. For barriers.
    /// </summary>
    Vanilla,

    /// <summary>
    /// The discounted payoff of the geometric Asian of the same right, strike and fixings. For the
    /// arithmetic Asian (Kemna and Vorst 1990).
    /// </summary>
    GeometricAsian,

    /// <summary>
    /// The discounted payoff, of the same right and strike, on G = B0 product((S_i(T)/S_i(0))^a_i), where
    /// B0 = sum(w_i S_i(0)) and a_i = w_i S_i(0) / B0: log G is normal. For baskets whose weights are all
    /// above 0; others have <see cref="None"/>.
    /// </summary>
    GeometricBasket,
}
