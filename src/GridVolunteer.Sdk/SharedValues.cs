using System.Collections.Concurrent;

namespace GridVolunteer.Sdk;

/// <summary>Values made once per process and job. Bounded by the keys that a workload's code names.</summary>
internal sealed class SharedValues
{
    private readonly ConcurrentDictionary<string, Lazy<object>> _values = new(StringComparer.Ordinal);

    public T GetOrMake<T>(string key, Func<T> make)
        where T : notnull
    {
        var lazy = _values.GetOrAdd(key, _ => new Lazy<object>(() => make()));
        try
        {
            return (T)lazy.Value;
        }
        catch
        {
            // Lazy keeps the exception of a failed factory: forget it, so that the next who asks tries again.
            _values.TryRemove(KeyValuePair.Create(key, lazy));
            throw;
        }
    }
}
