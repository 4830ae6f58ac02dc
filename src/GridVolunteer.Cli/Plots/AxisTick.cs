namespace GridVolunteer.Cli.Plots;

/// <summary>A mark on an axis.</summary>
/// <param name="Value">The value it stands for.</param>
/// <param name="Label">What is written beside it; empty for a small mark.</param>
public readonly record struct AxisTick(double Value, string Label);
