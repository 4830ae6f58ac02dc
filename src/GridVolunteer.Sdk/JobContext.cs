using System.Diagnostics.CodeAnalysis;

namespace GridVolunteer.Sdk;

/// <summary>What planning, computing and merging all know: the job's parameters and inputs.</summary>
/// <typeparam name="TParameters">The workload's parameters.</typeparam>
public class JobContext<TParameters>
{
    private readonly SharedValues _shared;

    internal JobContext(
        TParameters parameters, IReadOnlyDictionary<string, string> inputs, SharedValues shared)
    {
        Parameters = parameters;
        Inputs = inputs;
        _shared = shared;
    }

    /// <summary>The job's parameters, defaults filled in and validated.</summary>
    public TParameters Parameters { get; }

    /// <summary>The job's inputs: file paths by name. The files are read only.</summary>
    public IReadOnlyDictionary<string, string> Inputs { get; }

    /// <summary>The path of an input.</summary>
    /// <exception cref="WorkloadException">The job was submitted without it.</exception>
    public string InputPath(string name) =>
        Inputs.TryGetValue(name, out var path)
            ? path
            : throw new WorkloadException($"The job has no input '{name}': give it as --input {name}=FILE.");

    /// <summary>Opens an input for reading.</summary>
    /// <exception cref="WorkloadException">The job was submitted without it.</exception>
    public Stream OpenInput(string name) => File.OpenRead(InputPath(name));

    /// <summary>
    /// A value that all units of the job computed in this process share, such as a parsed input: made by the
    /// first who asks, the others wait for it. It must not change afterwards, since units may run side by
    /// side. A factory that throws is tried again by the next who asks.
    /// </summary>
    /// <param name="key">Names the value among those of this workload.</param>
    /// <param name="make">Makes it.</param>
    [SuppressMessage("Design", "MA0016", Justification = "The factory decides the type.")]
    public T Shared<T>(string key, Func<T> make)
        where T : notnull => _shared.GetOrMake(key, make);
}
