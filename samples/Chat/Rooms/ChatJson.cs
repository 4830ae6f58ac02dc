using System.Text.Json.Serialization;

namespace Chat.Rooms;

/// <summary>How messages and state are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ChatMessage))]
[JsonSerializable(typeof(RoomState))]
internal sealed partial class ChatJson : JsonSerializerContext;
