namespace GridVolunteer.Workloads.ParameterSweep.Dimensions;

/// <summary>Some values of a dimension, told by their place so that a billion of them cost nothing.</summary>
internal interface IValues
{
    /// <summary>How many, at least 1.</summary>
    long Count { get; }

    /// <summary>The value at a place, from 0, as it appears in the command.</summary>
    string this[long place] { get; }
}
