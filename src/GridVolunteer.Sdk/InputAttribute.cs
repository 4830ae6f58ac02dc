namespace GridVolunteer.Sdk;

/// <summary>
/// Declares an input (a file by name) on a workload class. Jobs that lack a required one are refused at
/// planning.
/// </summary>
/// <param name="name">Its name, as in <c>--input name=path</c>.</param>
/// <param name="summary">What it holds, and in which formats.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class InputAttribute(string name, string summary) : Attribute
{
    /// <summary>Its name, as in <c>--input name=path</c>.</summary>
    public string Name { get; } = name;

    /// <summary>What it holds, and in which formats.</summary>
    public string Summary { get; } = summary;

    /// <summary>Whether a job may leave it out. Default false.</summary>
    public bool Optional { get; set; }
}
