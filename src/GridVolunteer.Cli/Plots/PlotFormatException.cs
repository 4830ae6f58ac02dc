namespace GridVolunteer.Cli.Plots;

/// <summary>A picture in an output is malformed.</summary>
/// <param name="path">Where: <c>plots[0].series[1].y</c>.</param>
/// <param name="message">What is wrong.</param>
/// <param name="inner">What caused it, if anything.</param>
public sealed class PlotFormatException(string path, string message, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>Where.</summary>
    public string Path { get; } = path;
}
