using System.Text.Json.Serialization;

namespace Whiteboard.Pictures;

/// <summary>How messages, state and what the page is told are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(BoardMessage))]
[JsonSerializable(typeof(PictureState))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class BoardJson : JsonSerializerContext;
