namespace GridVolunteer.Workloads.OptionPricing.Sampling;

/// <summary>
/// Where each sum stands: X, X², C, C², XC, then for every asset D, D², DC, V, V², VC.
/// </summary>
internal static class SumLayout
{
    public const int Payoff = 0;
    public const int PayoffSquared = 1;
    public const int Control = 2;
    public const int ControlSquared = 3;
    public const int PayoffControl = 4;

    /// <summary>Within an asset's sums: the greek, its square, its product with the control.</summary>
    public const int Greek = 0;
    public const int GreekSquared = 1;
    public const int GreekControl = 2;

    /// <summary>Sums before those of the assets.</summary>
    public const int Shared = 5;

    private const int PerGreek = 3;

    /// <summary>How many sums there are.</summary>
    public static int Count(int assets) => Shared + (2 * PerGreek * assets);

    /// <summary>The first of the sums of an asset's delta; those of its vega follow.</summary>
    public static int Delta(int asset) => Shared + (2 * PerGreek * asset);

    /// <summary>The first of the sums of an asset's vega.</summary>
    public static int Vega(int asset) => Delta(asset) + PerGreek;

    /// <summary>Whether a sum is one of the control or its products: empty where there is none.</summary>
    public static bool UsesControl(int place) => place < Shared
        ? place >= Control
        : (place - Shared) % PerGreek == GreekControl;

    /// <summary>The sum of a quantity.</summary>
    public static int Of(Quantity quantity, int asset) => quantity switch
    {
        Quantity.Payoff => Payoff,
        Quantity.Control => Control,
        Quantity.Delta => Delta(asset),
        _ => Vega(asset),
    };

    /// <summary>The sum of the products of two quantities, in whichever order they are named.</summary>
    /// <exception cref="ArgumentException">This product is not kept.</exception>
    public static int Of(Quantity one, Quantity other, int asset) => (one, other) switch
    {
        (Quantity.Payoff, Quantity.Payoff) => PayoffSquared,
        (Quantity.Control, Quantity.Control) => ControlSquared,
        (Quantity.Payoff, Quantity.Control) or (Quantity.Control, Quantity.Payoff) => PayoffControl,
        _ when one == other => Of(one, asset) + GreekSquared,
        (_, Quantity.Control) => Of(one, asset) + GreekControl,
        (Quantity.Control, _) => Of(other, asset) + GreekControl,
        _ => throw new ArgumentException($"No products of {one} and {other} are kept.", nameof(other)),
    };
}
