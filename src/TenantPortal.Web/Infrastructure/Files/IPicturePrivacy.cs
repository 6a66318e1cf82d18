using System.Buffers;

namespace TenantPortal.Web.Infrastructure.Files;

/// <summary>Takes out of a picture what says where, when and by whom it was taken, while it streams by.</summary>
public interface IPicturePrivacy
{
    void Write(ReadOnlySpan<byte> input, IBufferWriter<byte> output);

    /// <summary>After the last byte: lets out what was held back.</summary>
    void End(IBufferWriter<byte> output) { }
}
