using System.Buffers;
using System.Collections.Concurrent;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.Serializers;
using Orleans.Serialization.WireProtocol;

namespace GridVolunteer.Cluster.Serialization;

/// <summary>
/// Sends lists as arrays: those that the compiler makes for a collection expression have no name that another
/// process could find, and a list of the contracts' records is written as one piece rather than item by item.
/// </summary>
internal sealed class ReadOnlyListCodec(ICodecProvider codecs) : IGeneralizedCodec
{
    private static readonly ConcurrentDictionary<Type, Type?> Elements = new();

    /// <summary>Whether lists of this type are sent as arrays.</summary>
    public static bool Handles(Type type) => ElementOf(type) is not null;

    /// <inheritdoc/>
    public bool IsSupportedType(Type type) => Handles(type);

    /// <inheritdoc/>
    public void WriteField<TBufferWriter>(
        ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, object? value)
        where TBufferWriter : IBufferWriter<byte>
    {
        var list = (System.Collections.ICollection)value!;
        var array = Array.CreateInstance(ElementOf(list.GetType())!, list.Count);
        list.CopyTo(array, 0);
        codecs.GetCodec(array.GetType()).WriteField(ref writer, fieldIdDelta, expectedType!, array);
    }

    /// <inheritdoc/>
    public object ReadValue<TInput>(ref Reader<TInput> reader, Field field) =>
        throw new NotSupportedException("Lists are sent as arrays, so none is ever read.");

    private static Type? ElementOf(Type type) => Elements.GetOrAdd(type, static t =>
    {
        if (!t.IsGenericType || t.IsInterface || t.GetGenericArguments() is not [var element]
            || !typeof(System.Collections.ICollection).IsAssignableFrom(t)
            || !typeof(IReadOnlyList<>).MakeGenericType(element).IsAssignableFrom(t))
        {
            return null;
        }

        var isNameless = t.Name.StartsWith("<>z__", StringComparison.Ordinal);
        var isContracts = t.GetGenericTypeDefinition() == typeof(List<>) && ContractTypes.Contain(element);
        return isNameless || isContracts ? element : null;
    });
}
