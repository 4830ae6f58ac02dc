using System.Runtime.CompilerServices;
using GridVolunteer.Workloads.OptionPricing.Contracts;
using GridVolunteer.Workloads.OptionPricing.Numerics;

namespace GridVolunteer.Workloads.OptionPricing.Sampling;

/// <summary>
/// Walks paths of one contract, one a lane, from normals to what is sampled of them. Every call is
/// <see cref="Begin"/>, <see cref="Advance"/> until the path is at its end, <see cref="Finish"/>.
/// </summary>
internal abstract class PathKernel<TLanes, TReal, TBits>
    where TLanes : struct, ILanes<TReal, TBits>
    where TReal : struct
    where TBits : struct
{
    private readonly double _sign;
    private readonly double _strike;

    /// <summary>What all kinds share: strike, right and discount of a contract.</summary>
    protected PathKernel(Contract contract)
    {
        _strike = contract.Strike;
        _sign = contract.Right == OptionRight.Call ? 1 : -1;
        Discount = PortableMath.Exp(-(contract.Rate * contract.MaturityYears));
    }

    /// <summary>exp(-rT).</summary>
    protected double Discount { get; }

    /// <summary>1 for a call and -1 for a put, times the discount.</summary>
    protected double SignedDiscount => _sign * Discount;

    /// <summary>Starts new paths.</summary>
    public abstract void Begin();

    /// <summary>Takes the next steps; <paramref name="normals"/> holds a vector for each.</summary>
    public abstract void Advance(ref readonly double normals, int steps);

    /// <summary>
    /// Writes payoff, control, and every asset's delta and vega, a vector each, to
    /// <paramref name="values"/> and after.
    /// </summary>
    public abstract void Finish(ref double values);

    /// <summary>
    /// The discounted payoff on an underlying, and ones where it is 0. A NaN pays NaN, not 0: it must be
    /// noticed.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected TReal Payoff(TReal underlying, out TBits worthless)
    {
        var gain = TLanes.Multiply(
            TLanes.Subtract(underlying, TLanes.Real(_strike)), TLanes.Real(_sign));
        worthless = TLanes.LessOrEqual(gain, TLanes.Real(0));
        return Without(TLanes.Multiply(gain, TLanes.Real(Discount)), worthless);
    }

    /// <summary>The value, and 0 where the mask has ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static TReal Without(TReal value, TBits mask) =>
        TLanes.FromBits(TLanes.AndNot(TLanes.Bits(value), mask));

    /// <summary>Writes one of the vectors of <see cref="Finish"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Put(ref double values, int place, TReal value) =>
        TLanes.Store(value, ref Unsafe.Add(ref values, place * TLanes.Count));
}
