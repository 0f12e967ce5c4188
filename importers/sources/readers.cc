#include "importers/sources/readers.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <utility>

#include "importers/sources/mail.h"

namespace entente::importers {
namespace {

constexpr std::size_t kBytesAheadMax = 24U << 20U;
constexpr std::size_t kPagesAheadMax = 256;

}  // namespace

Result<Page> page_of_file(const std::string& file, SourceKind kind) {
  std::error_code code;
  const auto size = std::filesystem::file_size(file, code);
  if (code) return Error{ErrorCode::not_found, fmt::format("{}: {}", file, code.message()), {}};
  if (size > kDocumentBytesMax)
    return Error{ErrorCode::too_large,
                 fmt::format("{} has {} bytes, more than the {} that are read", file, size, kDocumentBytesMax),
                 {}};
  std::ifstream in(file, std::ios::binary);
  if (!in) return Error{ErrorCode::permission, file + " cannot be opened; check that you may read it", {}};
  Page page;
  page.name = file;
  page.bytes.resize(size);
  in.read(page.bytes.data(), static_cast<std::streamsize>(size));
  page.bytes.resize(static_cast<std::size_t>(in.gcount()));
  if (kind != SourceKind::maildir && !file.ends_with(".eml")) return page;
  auto mail = read_mail(page.bytes);
  if (!mail) return Error{mail.error().code, file + ": " + mail.error().message, {}};
  page.title = std::move(mail->subject);
  page.dated = mail->date;
  page.bytes = std::move(mail->body);
  // The name decides how it is read.
  page.name += mail->is_html ? ".html" : ".txt";
  page.content_type = "text/plain; charset=utf-8";
  return page;
}

Readers::Readers(const TextLine& line, int threads, std::function<void()> wake) : line_(line), wake_(std::move(wake)) {
  for (int i = 0; i < std::max(1, threads); ++i) threads_.emplace_back([this] { work(); });
}

Readers::~Readers() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  given_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool Readers::has_room() const {
  const std::lock_guard lock(mutex_);
  return pages_ < kPagesAheadMax && bytes_ < kBytesAheadMax;
}

void Readers::give(ToRead page) {
  {
    const std::lock_guard lock(mutex_);
    bytes_ += page.page.bytes.size();
    ++pages_;
    waiting_.push_back(std::move(page));
  }
  given_.notify_one();
}

std::vector<WasRead> Readers::take() {
  const std::lock_guard lock(mutex_);
  if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
  pages_ -= read_.size();
  return std::exchange(read_, {});
}

void Readers::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    given_.wait(lock, [&] { return stop_ || !waiting_.empty(); });
    if (stop_) return;
    ToRead job = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    const std::size_t bytes = job.page.bytes.size();
    std::optional<Result<PageReading>> reading;
    std::exception_ptr thrown;
    try {
      if (!job.file.empty()) {
        auto page = page_of_file(job.file, job.source->kind);
        if (page)
          job.page = std::move(*page);
        else
          reading = Result<PageReading>(page.error());
      }
      if (!reading) reading = read_page(line_, *job.source, std::move(job.page), job.today);
    } catch (...) {
      thrown = std::current_exception();
    }
    lock.lock();
    bytes_ -= bytes;
    if (reading) read_.push_back({job.run, std::move(job.key), std::move(*reading)});
    if (thrown) thrown_ = thrown;
    lock.unlock();
    wake_();
    lock.lock();
  }
}

}  // namespace entente::importers
