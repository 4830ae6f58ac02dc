using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace GridVolunteer.Sdk.Serialization;

/// <summary>
/// The one way values of a workload become bytes: camel case, enumerations by name, numbers in their shortest
/// exact form, properties in the order of their declaration, no white space, so equal values give equal
/// bytes. <c>byte[]</c> stays as it is. Uses the author's source-generated types where there are some,
/// reflection for the others.
/// </summary>
internal sealed class JsonBytes
{
    public JsonBytes(IJsonTypeInfoResolver? authors)
    {
        Options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.AllowNamedFloatingPointLiterals,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = JsonTypeInfoResolver.Combine(authors, new DefaultJsonTypeInfoResolver()),
        };
        Options.Converters.Add(new JsonStringEnumConverter());
        Options.MakeReadOnly();
    }

    public JsonSerializerOptions Options { get; }

    public JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    public byte[] Write<T>(T value) =>
        value is byte[] bytes ? bytes : JsonSerializer.SerializeToUtf8Bytes(value, TypeInfo<T>());

    /// <exception cref="InvalidDataException">The bytes are no such value.</exception>
    public T Read<T>(ReadOnlySpan<byte> bytes, string what)
    {
        if (typeof(T) == typeof(byte[]))
        {
            return (T)(object)bytes.ToArray();
        }

        try
        {
            return JsonSerializer.Deserialize(bytes, TypeInfo<T>())
                ?? throw new InvalidDataException($"The {what} is null, but should be {typeof(T).Name}.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The {what} is no {typeof(T).Name}: {e.Message}", e);
        }
    }
}
