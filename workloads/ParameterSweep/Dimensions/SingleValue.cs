namespace GridVolunteer.Workloads.ParameterSweep.Dimensions;

/// <summary>One value.</summary>
internal sealed class SingleValue(string text) : IValues
{
    public long Count => 1;

    public string this[long place] => text;
}
