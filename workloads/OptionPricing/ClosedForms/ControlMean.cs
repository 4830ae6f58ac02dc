using System.Diagnostics;
using GridVolunteer.Workloads.OptionPricing.Contracts;
using GridVolunteer.Workloads.OptionPricing.Numerics;
using GridVolunteer.Workloads.OptionPricing.Sampling;

namespace GridVolunteer.Workloads.OptionPricing.ClosedForms;

/// <summary>The exact means of control variates.</summary>
internal static class ControlMean
{
    /// <summary>The mean of a contract's control; 0 without one.</summary>
    public static double Of(Contract contract, ControlKind control) => control switch
    {
        ControlKind.None => 0,
        ControlKind.TerminalSpot => contract.Assets[0].Spot
            * PortableMath.Exp(-contract.Assets[0].DividendYield * contract.MaturityYears),
        ControlKind.Vanilla => BlackScholes.Price(contract).Value,
        ControlKind.GeometricAsian => GeometricAsian.Price(contract).Value,
        ControlKind.GeometricBasket => GeometricBasket.Price(contract),
        _ => throw new UnreachableException(),
    };
}
