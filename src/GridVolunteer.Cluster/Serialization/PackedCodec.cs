using System.Buffers;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.WireProtocol;

namespace GridVolunteer.Cluster.Serialization;

/// <summary>Carries a hot message as one block of bytes, without names and base64.</summary>
internal abstract class PackedCodec<TMessage> : IFieldCodec<TMessage?>
    where TMessage : class
{
    private const int KeptSizeBytesMax = 1 << 20;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _block;

    /// <inheritdoc/>
    public void WriteField<TBufferWriter>(
        ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, TMessage? value)
        where TBufferWriter : IBufferWriter<byte>
    {
        if (ReferenceCodec.TryWriteReferenceField(ref writer, fieldIdDelta, expectedType, value))
        {
            return;
        }

        var block = _block ??= new ArrayBufferWriter<byte>(16 * 1024);
        block.ResetWrittenCount();
        Write(new PackedWriter(block), value!);
        writer.WriteFieldHeader(fieldIdDelta, expectedType, typeof(TMessage), WireType.LengthPrefixed);
        writer.WriteVarUInt32((uint)block.WrittenCount);
        writer.Write(block.WrittenSpan);
        if (block.Capacity > KeptSizeBytesMax)
        {
            _block = null; // One great message must not be paid for on every thread for good.
        }
    }

    /// <inheritdoc/>
    public TMessage? ReadValue<TInput>(ref Reader<TInput> reader, Field field)
    {
        if (field.WireType == WireType.Reference)
        {
            return ReferenceCodec.ReadReference<TMessage, TInput>(ref reader, field);
        }

        field.EnsureWireType(WireType.LengthPrefixed);
        var packed = new PackedReader(reader.ReadBytes(reader.ReadVarUInt32()));
        var message = Read(ref packed);
        ReferenceCodec.RecordObject(reader.Session, message);
        return message;
    }

    /// <summary>Writes a message.</summary>
    protected abstract void Write(PackedWriter writer, TMessage message);

    /// <summary>Reads one.</summary>
    protected abstract TMessage Read(ref PackedReader reader);
}
